"""The guard at the door: no BSN and nothing that looks like personal data comes in."""
