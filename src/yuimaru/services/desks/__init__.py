"""窓口・処理デスク: the queue of tasks that somebody may work on, over all municipalities that gave a mandate."""
