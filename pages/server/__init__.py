"""What goes over the line around the pages."""
