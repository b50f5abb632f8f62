"""Lists of what was disclosed and posted outside the platform."""
