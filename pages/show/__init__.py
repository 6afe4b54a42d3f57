"""What a page is drawn with: tiles, tables, charts, files to take along."""
