"""What a chat model had to do with a system's answers: how much of them it wrote, and at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.metrics import percentile
from eval.system import Attempt


@dataclass(frozen=True, slots=True)
class Generation:
    """What a chat model had to do with the answers of one system.

    Attributes:
        answers: that came; ``asked`` of them asked the model (lists, counts and refusals are code's and don't).
        written: answers that the model wrote to the end; ``begun``, that it began and the documents' words completed.
        verified: sentences of it that are shown; of these ``repaired`` as corrected. ``dropped``: that are not shown.
        prompt_tokens, completion_tokens: of all requests, as the server counts them.
        counted: answers whose server told tokens; the means are over these.
        first_ms: milliseconds from asking the model to its first verified sentence, p50 and p95 over the answers that
            had one; ``None`` when none had.
        failures: reason → answers, most frequent first.
    """

    answers: int
    asked: int
    written: int
    begun: int
    verified: int
    repaired: int
    dropped: int
    prompt_tokens: int
    completion_tokens: int
    counted: int
    first_ms: tuple[float, float] | None
    failures: dict[str, int]

    @property
    def share_written(self) -> float:
        """Of all answers, the share that the model wrote to the end."""
        return self.written / self.answers

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def tokens_per_answer(self) -> float | None:
        """Mean over the answers whose server told tokens."""
        return self.tokens / self.counted if self.counted else None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, the means among them."""
        first = dict(zip(("p50", "p95"), self.first_ms, strict=True)) if self.first_ms else None
        return {
            **asdict(self),
            "first_ms": first,
            "share_written": round(self.share_written, 4),
            "tokens": self.tokens,
            "tokens_per_answer": None if self.tokens_per_answer is None else round(self.tokens_per_answer, 1),
        }


def generation_of(attempts: Sequence[Attempt]) -> Generation | None:
    """What a chat model had to do with the answers of ``attempts``; ``None`` when none was asked."""
    answers = [found.answer for found in attempts if found.answer]
    made = [answer.generation for answer in answers if answer.generation]
    if not made:
        return None
    first = [each.first_verified_ms for each in made if each.first_verified_ms is not None]
    return Generation(
        answers=len(answers),
        asked=len(made),
        written=sum(each.verified > 0 and each.failure is None for each in made),
        begun=sum(each.verified > 0 and each.failure is not None for each in made),
        verified=sum(each.verified for each in made),
        repaired=sum(each.repaired for each in made),
        dropped=sum(each.dropped for each in made),
        prompt_tokens=sum(each.tokens.prompt for each in made),
        completion_tokens=sum(each.tokens.completion for each in made),
        counted=sum(each.tokens.prompt + each.tokens.completion > 0 for each in made),
        first_ms=(percentile(first, 50), percentile(first, 95)) if first else None,
        failures=dict(Counter(each.failure.value for each in made if each.failure).most_common()),
    )
