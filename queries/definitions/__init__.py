"""What every figure and every column of an answer means."""
