"""What can be wrong with a question; every message is Dutch and fit for a screen."""


class QueryError(Exception):
    """A question that cannot be answered; the message tells the user why, in Dutch, without any record's value."""


class UnknownQuestion(QueryError):
    """There is no question of that name."""


class InvalidSelection(QueryError):
    """The selection names an area, group or date that does not exist in this snapshot."""


class NoSnapshot(QueryError):
    """There is no snapshot in use, or the folder is not a snapshot."""
