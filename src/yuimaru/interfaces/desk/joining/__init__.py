"""「はじめる」: the pages on which a municipality is started, filled, looked over and published."""
