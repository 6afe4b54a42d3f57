"""Running the monitor on a machine of one's own: units, proxy, container, and a check of the machine."""
