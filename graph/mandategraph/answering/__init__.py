"""The store -> answers: questions, lists, comparisons, calendars, briefs."""
