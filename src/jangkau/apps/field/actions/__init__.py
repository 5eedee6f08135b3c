"""What is done to forms, devices, tasks and submissions."""
