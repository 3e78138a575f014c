"""What tests share: the strict client, the browser, query snapshots and the list of every address."""
