"""Every write and every reveal: who, when, from where, before and after, in a chain that shows tampering."""
