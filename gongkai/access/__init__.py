"""Access requests (依申请公开): from the letter on the counter to the reply on its legal day."""
