"""Train the bundled model: ``python -m train --data DATA_FOLDER --out models/jince-static-zh``."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable
from pathlib import Path

import torch

from index.embedding import StaticEmbedder
from index.text import Segmenter, load_lexicon
from train.batches import Sampler, read_frames
from train.encoded import encode_source
from train.fit import Settings, fit
from train.initial import initial_vectors
from train.save import save_model
from train.sources import Source, cut_entries, hold_out, load_source, read_pairs, without_passages
from train.vocabulary import build_tokenizer, choose_words, count_words
from train.yardstick import heading_recall

DIMENSION = 256
SHARES = {"laws": 0.7, "laws_headings": 0.2, "government": 0.07, "government_headings": 0.03}
PAIRS_SHARE = 0.3  # of all batches: the project's question → clause pairs, and further files of pairs
PAIRS = Path(__file__).with_name("pairs.jsonl")
FRAMES = Path(__file__).with_name("question_frames.txt")

_log = logging.getLogger("train")


def train(given: argparse.Namespace) -> None:
    """Files → words → vocabulary → starting vectors → trained vectors → model folder."""
    lexicon = load_lexicon(given.lexicon) if given.lexicon else ()
    segmenter = Segmenter(lexicon)
    sources = {name: load_source(path, segmenter, lexicon, given.cache) for name, path in _files(given).items()}
    everything = sources["government_headings"]
    sources["government_headings"], held = hold_out(everything)
    sources["government"] = without_passages(sources["government"], held)
    own = tuple(cut_entries(read_pairs(PAIRS, given.data / "government.jsonl.xz"), segmenter))
    sources["pairs"] = Source("pairs", own)
    words = choose_words(count_words(sources.values()), given.vocabulary, segmenter.words(" ".join(lexicon)))
    tokenizer = build_tokenizer(words)
    encoded = {name: encode_source(source, tokenizer) for name, source in sources.items()}
    _log.info("%d entries; records: %s", len(words), {name: len(e.passages) for name, e in encoded.items()})
    start = initial_vectors([source.passages for source in encoded.values()], len(words), DIMENSION)
    frames = read_frames(FRAMES, segmenter, tokenizer)
    samplers = {name: Sampler(source, frames, seed) for seed, (name, source) in enumerate(sorted(encoded.items()))}
    vectors = fit(start, samplers, shares(encoded), Settings(steps=given.steps, batch=given.batch))
    save_model(given.out, tokenizer, vectors)
    figures = heading_recall(held, everything, StaticEmbedder(given.out, segmenter))
    _log.info("held-out headings: %s", "  ".join(f"hit@{k} {value:.3f}" for k, value in figures.items()))


def _files(given: argparse.Namespace) -> dict[str, Path]:
    files = {name: given.data / f"{name}.jsonl.xz" for name in SHARES}
    return files | {f"pairs-{number}": path for number, path in enumerate(given.pairs)}


def shares(names: Iterable[str]) -> dict[str, float]:
    """Share of the batches each source gets; extra pairs files take ``PAIRS_SHARE`` together."""
    extra = [name for name in names if name not in SHARES]
    rest = 1 - PAIRS_SHARE if extra else 1.0
    return {name: share * rest for name, share in SHARES.items()} | {name: PAIRS_SHARE / len(extra) for name in extra}


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training text, *.jsonl.xz")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--pairs", type=Path, action="append", default=[], help='further {"query", "passage"} lines')
    parser.add_argument("--lexicon", type=Path, help="words that stay whole, as in the index")
    parser.add_argument("--cache", type=Path, help="folder that keeps the segmented text for the next run")
    parser.add_argument("--vocabulary", type=int, default=56_000, help="entries (default %(default)s)")
    parser.add_argument("--steps", type=int, default=Settings.steps, help="(default %(default)s)")
    parser.add_argument("--batch", type=int, default=Settings.batch, help="pairs a step (default %(default)s)")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
