"""What a project owes its steering group for a period: what was done, what was not, what comes
next. Computed from activities, catalogue, runs and the region as it is; no words."""
