"""Twenty summaries beside Lead-3 and LexRank: `side_by_side.py --data DIR [--texts]`.

Without --texts it prints numbers only: which sentences each method chose, and how many words they
have. The articles are the first of each set by the hash of their text, so nobody picked them.
newsrank's weights here are those of a fold that the article is not in (see summaries.py).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from benchmarks.references import Case, cases
from benchmarks.summaries import by_method, by_newsrank, fold_weights

EACH = {"cnndm": 8, "realsumm": 3, "summeval": 2, "writer_summaries": 3, "newsroom60": 2, "gum_wikinews": 2}


def some(read: list[Case]) -> list[Case]:
    ordered = sorted(read, key=lambda case: hashlib.sha1(case.article.text.encode()).hexdigest())
    return [
        case for name, count in EACH.items() for case in [one for one in ordered if one.set == name][:count]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path, help="where to keep the weights of the folds")
    parser.add_argument("--texts", action="store_true", help="print the sentences and the reference, too")
    options = parser.parse_args()
    read = list(cases(options.data))
    weights = fold_weights(read, options.folds)
    print("| article | sentences | newsrank | words | Lead-3 words | LexRank | words |")
    print("|---|---|---|---|---|---|---|")
    for case in some(read):
        chosen = {
            "newsrank": by_newsrank(case, 3, weights[case.fold]),
            "Lead-3": tuple(range(min(3, len(case.spans)))),
            "LexRank": by_method(case, 3, "lexrank"),
        }
        size = {name: sum(len(case.texts[at].split()) for at in found) for name, found in chosen.items()}
        shown = {name: ", ".join(str(at + 1) for at in found) for name, found in chosen.items()}
        print(
            f"| {case.id[:24]} | {len(case.spans)} | {shown['newsrank']} | {size['newsrank']} "
            f"| {size['Lead-3']} | {shown['LexRank']} | {size['LexRank']} |"
        )
        if options.texts:
            for name, found in chosen.items():
                print(f"  {name}: " + " / ".join(case.texts[at] for at in found))
            print(f"  reference: {case.references[0]}\n")


if __name__ == "__main__":
    main()
