"""The LangChain tutorial as a baseline: 500 characters with 50 of overlap, Chroma, 4 chunks, and a chat model."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from answering.citations import cite
from eval.material import Material, baseline_answer
from eval.testset import TestSetReader
from index.chat_model import open_chat_model
from index.embedding import LangChainEmbeddings
from index.prompts import fill
from index.records import Answer, Evidence, PolicyUnit, Refusal
from index.settings import ChatSettings

if TYPE_CHECKING:
    from langchain_core.documents import Document as Page

_CHUNK, _OVERLAP, _TOP = 500, 50, 4
_CITES, _REFUSES = "依据：", "无法回答"


class Tutorial:
    """The tutorial's retrieval alone: its answer is the chunks.

    A unit counts as cited when a chunk holds at least half of it, which is what a reader of the chunk would see of it.
    Without a chat model there is no other way to name what it rests on.
    """

    def __init__(self, material: Material) -> None:
        from langchain_chroma import Chroma
        from langchain_core.documents import Document as Page
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._material = material
        folder = material.settings.corpus_dir / "documents"
        pages = [
            Page((folder / document.path).read_text(encoding="utf-8-sig"), metadata={"document": slug})
            for slug, document in material.documents.items()
        ]
        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP, add_start_index=True)
        self._store = Chroma.from_documents(
            splitter.split_documents(pages),
            LangChainEmbeddings(material.embedder),
            collection_name=f"tutorial-{time.time_ns()}",
        )

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:  # noqa: ARG002
        """Answer with the nearest chunks; the history is not looked at."""
        started = time.perf_counter()
        chunks = self.search(question)
        cited = [cite(Evidence(unit, ()), self._material.documents) for unit in self._held(chunks)]
        text = "\n\n".join(chunk.page_content for chunk in chunks)
        return baseline_answer(answer_id, question, text, (cited, ()), started)

    def search(self, question: str) -> list[Page]:
        """The nearest chunks, best first."""
        return self._store.similarity_search(question, k=_TOP)

    def _held(self, chunks: Sequence[Page]) -> Iterator[PolicyUnit]:
        """Units that a chunk holds at least half of."""
        for unit in self._material.units:
            for chunk in chunks:
                start = int(chunk.metadata["start_index"])
                shared = min(unit.end, start + len(chunk.page_content)) - max(unit.start, start)
                if unit.document == chunk.metadata["document"] and 2 * shared >= unit.end - unit.start:
                    yield unit
                    break


class TutorialWithModel:
    """The tutorial as it is usually built: the nearest chunks go into a prompt, a chat model answers.

    The prompt asks for a last line ``依据：`` with the measures the answer rests on; they are resolved as those of a
    reader's own test set are, and what names no unit is no citation.

    Args:
        material: see :class:`eval.material.Material`.
        chat: the chat model.
    """

    def __init__(self, material: Material, chat: ChatSettings) -> None:
        from langchain_core.output_parsers import StrOutputParser
        from langchain_core.runnables import RunnableLambda

        self._material = material
        self._tutorial = Tutorial(material)
        self._reader = TestSetReader(material.units, material.documents, material.registry)
        self._chain = RunnableLambda(self._prompt) | open_chat_model(chat) | StrOutputParser()

    def ask(self, question: str, history: Sequence[str] = (), *, answer_id: str | None = None) -> Answer:  # noqa: ARG002
        """Answer with what the model writes; the history is not looked at."""
        started = time.perf_counter()
        text = self._chain.invoke(question)
        refusal = Refusal.NOT_STATED if text.strip().startswith(_REFUSES) else None
        cited = () if refusal else [cite(Evidence(unit, ()), self._material.documents) for unit in self._named(text)]
        return baseline_answer(answer_id, question, text, (cited, ()), started, refusal)

    def _prompt(self, question: str) -> str:
        chunks = self._tutorial.search(question)
        return fill("tutorial", context="\n\n".join(chunk.page_content for chunk in chunks), question=question)

    def _named(self, text: str) -> list[PolicyUnit]:
        """Units that the last line names."""
        found: set[str] = set()
        for part in text.rpartition(_CITES)[2].split("；") if _CITES in text else ():
            try:
                found.update(self._reader.units_named(part))
            except ValueError:
                continue  # a measure that does not exist: models do write such
        return [unit for unit in self._material.units if unit.unit_id in found]
