"""What the steps keep in files: staged for the next task, attendance records for good."""
