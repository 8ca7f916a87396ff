"""The corpus as a library: a document is added, replaced by a newer edition or taken out, wholly or not at all.

Files below ``corpus/documents`` are never changed: an edition is a file of its own, and ``versions.jsonl`` keeps the
entry of each edition that is no longer in use. ``sources.jsonl`` is replaced in one step, before the index is built;
whatever stops the build in between, the next one finds a whole corpus.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from index.agencies import AgencyRegistry
from index.pinyin import readings
from index.records import Document
from index.settings import Settings
from ingest.balance import Balance, balance
from ingest.build import BuildReport, build
from ingest.corpus import Corpus, read_corpus
from ingest.naming import naming
from ingest.readers.files import read_source
from ingest.structure.frontmatter import front_matter
from ingest.units import Parsed, parse

SOURCES, VERSIONS = "sources.jsonl", "versions.jsonl"
_SYLLABLES = 8  # of the short title, that make a slug


class LibraryError(ValueError):
    """A document can't be taken in or out; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Given:
    """Facts of a document that its text doesn't tell, or tells wrongly; ``None`` where the text is to be believed.

    An empty ``region`` is the whole country.
    """

    slug: str | None = None
    title: str | None = None
    short_title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one document.

    Attributes:
        document: as it stands in ``sources.jsonl`` now, or as it stood before it was taken out.
        balance: of the edition taken in; ``None`` for one taken out.
        report: of the build that followed.
    """

    document: Document
    balance: Balance | None
    report: BuildReport


class Library:
    """The documents of a corpus folder, and the index of them.

    Args:
        settings: where both are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.corpus_dir

    def check(self, file: Path, given: Given = Given()) -> Balance:
        """The balance of a file as it would be taken in; nothing is changed.

        Raises:
            ReadError, UnitError: the file can't be read, or holds no measure.
            CorpusError: the corpus can't be used.
        """
        return self.read(file, read_corpus(self._folder), given)[1]

    def add(self, file: Path, given: Given = Given(), *, strict: bool = False) -> Change:
        """Take in a document that the corpus doesn't have.

        Args:
            strict: refuse a document that is read with warnings.

        Raises:
            LibraryError: it is there already, its slug is taken, or it isn't read whole.
            ReadError, UnitError, CorpusError, IndexUnusableError, EmbeddingModelError: as of reading and building.
        """
        with self._held() as corpus:
            document, found, _ = self.read(file, corpus, given)
            known = edition_of(document, corpus.documents)
            if known and known.sha256 == document.sha256:
                raise LibraryError(f"{file}: is in the corpus already, as {known.slug} ({known.title})")
            if known:
                raise LibraryError(
                    f"{file}: {document.number or document.title} is in the corpus already, as {known.slug}; "
                    f"python -m ingest update {known.slug} {file} replaces it"
                )
            _require_whole(file, found, strict=strict)
            return self._changed(file, document, (*corpus.documents, document), (), found)

    def update(self, slug: str, file: Path, given: Given = Given(), *, strict: bool = False) -> Change:
        """Replace a document by a newer edition; the one before is kept in ``versions.jsonl``.

        Raises:
            LibraryError: there is no such document, the file is the edition in use, or it isn't read whole.
            ReadError, UnitError, CorpusError, IndexUnusableError, EmbeddingModelError: as of reading and building.
        """
        with self._held() as corpus:
            known = _named(slug, corpus)
            document, found, _ = self.read(file, corpus, given, known)
            if document.sha256 == known.sha256:
                raise LibraryError(f"{file}: is the edition of {slug} that the corpus has; nothing to update")
            _require_whole(file, found, strict=strict)
            documents = [document if each.slug == slug else each for each in corpus.documents]
            return self._changed(file, document, documents, (known,), found)

    def remove(self, slug: str) -> Change:
        """Take a document out; its file and its entry in ``versions.jsonl`` stay.

        Raises:
            LibraryError: there is no such document, or it is the only one.
            CorpusError, IndexUnusableError, EmbeddingModelError: as of reading and building.
        """
        with self._held() as corpus:
            known = _named(slug, corpus)
            documents = [each for each in corpus.documents if each.slug != slug]
            if not documents:
                raise LibraryError(f"{slug}: is the only document; add another before it is removed")
            return self._changed(None, known, documents, (known,), None)

    @contextmanager
    def _held(self) -> Iterator[Corpus]:
        """The corpus, for one process at a time."""
        try:
            with FileLock(self._folder / ".lock"):
                yield read_corpus(self._folder)
        except PermissionError as error:
            raise LibraryError(
                f"{self._folder}: cannot be written ({error.strerror}); point CORPUS_DIR at a folder of your own"
            ) from error

    def read(
        self, file: Path, corpus: Corpus, given: Given, known: Document | None = None
    ) -> tuple[Document, Balance, Parsed]:
        """A file as it would stand in the corpus, in place of ``known`` where given; errors as of :meth:`check`."""
        source = read_source(file)
        parsed = parse(source)
        facts = front_matter(source, parsed)
        plain = (given.title or facts.title or file.stem).strip()
        issuer, number, date = given.issuer or facts.issuer, given.number or facts.number, given.date or facts.date
        named = naming(plain, issuer, number, date)
        short = given.short_title or named.short_title
        slugs = {each.slug for each in corpus.documents} | {each["slug"] for each in self._retired()}
        if given.slug in slugs:
            raise LibraryError(f"{file}: the slug {given.slug} is taken; choose another, or update {given.slug}")
        version = known.version + 1 if known else 1
        slug = known.slug if known else given.slug or _free(short, slugs)
        document = Document(
            slug=slug,
            title=plain if plain.startswith("《") else f"《{plain}》",
            short_title=short,
            aliases=named.aliases,
            issuer=issuer,
            number=number,
            date=date,
            path=f"{slug}{f'.v{version}' if version > 1 else ''}{file.suffix.lower()}",
            sha256=source.sha256,
            region=named.region if given.region is None else given.region or None,
            version=version,
        )
        return document, balance(document, source, parsed, AgencyRegistry(corpus.agencies)), parsed

    def _changed(
        self,
        file: Path | None,
        document: Document,
        documents: Sequence[Document],
        retired: Sequence[Document],
        found: Balance | None,
    ) -> Change:
        """Write the corpus with ``documents`` and build; where the build fails, everything is as before."""
        sources, versions = self._folder / SOURCES, self._folder / VERSIONS
        before = {path: path.read_bytes() if path.exists() else None for path in (sources, versions)}
        taken = self._folder / "documents" / document.path
        if file is not None:
            _replace(taken, file.read_bytes())
        try:
            if retired:
                _replace(versions, (before[versions] or b"") + _lines(retired))
            _replace(sources, _lines(documents))
            report = build(self._settings)
        except BaseException:
            for path, content in before.items():
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    _replace(path, content)
            if file is not None:
                taken.unlink(missing_ok=True)
            raise
        return Change(document, found, report)

    def _retired(self) -> Iterator[dict[str, str]]:
        path = self._folder / VERSIONS
        if path.exists():
            yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def edition_of(document: Document, documents: Sequence[Document]) -> Document | None:
    """The document that another one is an edition of: the same file, or the same number, or the same title."""
    alike: tuple[Callable[[Document], bool], ...] = (
        lambda known: known.sha256 == document.sha256,
        lambda known: bool(document.number) and known.number == document.number,
        lambda known: known.title == document.title,
    )
    return next((known for same in alike for known in documents if same(known)), None)


def _require_whole(file: Path, found: Balance, *, strict: bool) -> None:
    wrong = [*found.errors, *(found.warnings if strict else ())]
    if wrong:
        said = "\n".join(f"  {finding}" for finding in wrong)
        raise LibraryError(f"{file}: was not read whole; nothing was changed\n{said}")


def _named(slug: str, corpus: Corpus) -> Document:
    for document in corpus.documents:
        if document.slug == slug:
            return document
    raise LibraryError(f"{slug}: no such document; there are {', '.join(each.slug for each in corpus.documents)}")


def _free(short: str, taken: set[str]) -> str:
    """A slug that is not taken: the syllables of the short title."""
    syllables = [readings(character)[0] if readings(character) else character for character in short]
    plain = "-".join(syllable for syllable in syllables if syllable.isascii() and syllable.isalnum())
    name = "-".join(plain.lower().split("-")[:_SYLLABLES]) or "document"
    return next(slug for slug in (name, *(f"{name}-{count}" for count in range(2, 10_000))) if slug not in taken)


def _lines(documents: Iterable[Document]) -> bytes:
    return "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in documents).encode()


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
