"""From a decree to months that are really paid: membership, batches, and the ledger that balances to the rupiah."""
