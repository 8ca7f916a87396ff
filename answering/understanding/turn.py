"""An earlier question and its answer, as the state that the next question may take over."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Intent, Query


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as it was understood, and the units that its answer cited."""

    query: Query
    unit_ids: tuple[str, ...]

    @property
    def at_hand(self) -> tuple[str, ...]:
        """Units that the conversation is about: those cited, or those it was about when nothing was."""
        return self.unit_ids or self.query.context

    @property
    def listed(self) -> tuple[str, ...]:
        """The last list shown: it stays the last one while its members are asked about one by one."""
        return next((ids for ids in (self.unit_ids, self.query.context) if len(ids) > 1), ())

    @property
    def topic(self) -> tuple[str, ...]:
        """Words that the conversation is about."""
        return tuple(dict.fromkeys((*self.query.topic, *self.query.context_topic)))

    @property
    def asked_of_bodies(self) -> bool:
        """True when the last question asked for the tasks of bodies."""
        return self.query.intent is Intent.AGENCY_TASKS or bool(
            self.query.agencies and self.query.intent in (Intent.LOOKUP, Intent.OVERVIEW) and self.query.numbers
        )
