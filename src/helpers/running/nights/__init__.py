"""What runs leave for the next one and for whoever watches: history, the report that stands,
health, notices, a time to run at."""
