"""Writing the index: a version beside the one in use, taking over what is the same, and swapped in whole."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

from index.contents import (
    PASSAGES,
    QUESTIONS,
    SCHEMA,
    SEGMENTATION,
    Contents,
    Manifest,
    entries_of,
    is_intact,
    manifest_of,
    read_manifest,
)
from index.embedding import Embedder
from index.jsonl import read_records, write_records
from index.lexical import LexicalIndex
from index.records import Chunk, ExpectedQuestion, PolicyUnit
from index.text import Segmenter
from index.vectors import UNREADABLE, Before, Place, VectorsAwayError, drop_vectors, verify_vectors, write_vectors
from index.versions import IndexUnusableError, building, current, current_name, drop, finish, new_folder, swap, versions
from index.words import Cut, WordTable, remembering, terms, texts_of

_RECORDS = ("documents", "agencies", "glossary", "units", "chunks", "questions", "published")

_log = logging.getLogger(__name__)


def write_index(
    root: Path,
    manifest: Manifest,
    contents: Contents,
    embedder: Embedder,
    segmenter: Segmenter,
    *,
    anew: bool = False,
) -> int:
    """Build an index beside the one in use, check it, and swap it in.

    Args:
        root: the index folder.
        manifest, contents: of the new index.
        embedder, segmenter: cut and embed what the index in use does not have.
        anew: take nothing over from the index in use.

    Returns:
        How many texts were embedded.

    Raises:
        IndexUnusableError: it can't be written, or does not give back what was put in; the old one stays in use.
    """
    with building(root):
        folder: Path | None = None
        try:
            folder = new_folder(root)
            old = None if anew else _Old.open(root)
            embedded = _write(Place(folder, manifest.chroma_url), manifest, contents, embedder, segmenter, old)
            previous = current_name(root)
            swap(root, folder)
        except BaseException as error:
            if folder and current_name(root) != folder.name:
                _drop(folder)
            if isinstance(error, UNREADABLE):
                raise IndexUnusableError(
                    f"{folder or root}: could not be written ({error}); the index before stays in use"
                ) from error
            raise
        for version in versions(root):
            if version.name not in (folder.name, previous):  # the one before may still be open
                _drop(version)
    return embedded


def _write(
    place: Place,
    manifest: Manifest,
    contents: Contents,
    embedder: Embedder,
    segmenter: Segmenter,
    old: _Old | None,
) -> int:
    """Write all parts of a version; returns how many texts were embedded."""
    folder = place.folder
    # First, so that a version left by a crash says where its vectors are.
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
    for name in _RECORDS:
        write_records(folder / f"{name}.jsonl", getattr(contents, name))
    (folder / "lexicon.txt").write_text("\n".join(contents.lexicon), encoding="utf-8")
    (folder / "notes").mkdir()
    for name, records in contents.notes.items():
        write_records(folder / "notes" / f"{name}.jsonl", records)
    cut = old.cut(manifest, segmenter.words) if old else segmenter.words
    texts = texts_of(contents.units, contents.questions)
    WordTable.cut(contents.units, texts, cut).save(folder / "words")
    found = [[term for text in of_unit for term in terms(text, cut)] for of_unit in texts]
    LexicalIndex.build(found).save(folder / "lexical")
    entries = entries_of(contents.units, contents.chunks, contents.questions)
    written = write_vectors(place, entries, embedder, old.before(manifest) if old else None)
    counts = {name: len(of_name) for name, of_name in entries.items()}
    (folder / "counts.json").write_text(json.dumps(counts), encoding="utf-8")
    (folder / "holes.json").write_text(json.dumps(written.holes), encoding="utf-8")
    finish(folder)
    verify_vectors(place, counts)
    return written.embedded


def _drop(folder: Path) -> None:
    """Remove a version, its collections included; where their server doesn't answer they stay behind."""
    try:
        place = Place(folder, manifest_of(folder).chroma_url)
        drop_vectors(place, (PASSAGES, QUESTIONS))
    except VectorsAwayError as error:
        _log.warning("version %s: its collections stay behind: %s", folder.name, error)
    except (OSError, ValueError, TypeError):
        pass  # it has no manifest yet, and so no collections
    drop(folder)


@dataclass(frozen=True, slots=True)
class _Old:
    """The version in use, to take over from."""

    folder: Path
    manifest: Manifest
    units: tuple[PolicyUnit, ...]
    questions: tuple[ExpectedQuestion, ...]
    holes: dict[str, int]

    @classmethod
    def open(cls, root: Path) -> _Old | None:
        """``None`` when there is none that is whole."""
        manifest = read_manifest(root)
        try:
            if manifest is None or manifest.schema != SCHEMA or not is_intact(root):
                return None
        except VectorsAwayError:
            return None
        folder = current(root)
        units = tuple(read_records(folder / "units.jsonl", PolicyUnit))
        questions = tuple(read_records(folder / "questions.jsonl", ExpectedQuestion))
        return cls(folder, manifest, units, questions, json.loads((folder / "holes.json").read_text(encoding="utf-8")))

    def cut(self, manifest: Manifest, cut: Cut) -> Cut:
        """``cut``, with the words remembered that this version has, if they are cut the same way now."""
        if any(self.manifest.hashes.get(name) != manifest.hashes.get(name) for name in SEGMENTATION):
            return cut
        return remembering(cut, texts_of(self.units, self.questions), WordTable.load(self.folder / "words"))

    def before(self, manifest: Manifest) -> Before | None:
        """What this version embedded, if the vectors would be the same now; those of words depend on the words, too."""
        same = (self.manifest.model, self.manifest.dimension) == (manifest.model, manifest.dimension)
        if not same or any(self.manifest.hashes.get(name) != manifest.hashes.get(name) for name in SEGMENTATION):
            return None
        chunks = read_records(self.folder / "chunks.jsonl", Chunk)
        place = Place(self.folder, self.manifest.chroma_url)
        return Before(place, entries_of(self.units, chunks, self.questions), self.holes)
