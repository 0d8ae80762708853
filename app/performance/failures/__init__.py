"""What became of each period of a service level: failures, their putting right and credits."""
