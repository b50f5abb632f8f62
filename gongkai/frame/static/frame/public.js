// Public pages work without this file; it only adds the print button.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
