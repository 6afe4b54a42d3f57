"""The attack that a publication must withstand."""
