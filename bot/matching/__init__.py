"""Matching: the best partnerships over all legal pairs, the proof, and the reasons.

    matching = pair_up(applicants, met_before=history, blocked=blocks, seed=1, on=first_day)

Pure and deterministic: values in, values out; see docs/matching.md for the rules, the method and its sources.
"""

from bot.matching.changes import Change, price_of, swap
from bot.matching.engine import PinnedIllegal, match_pool, pair_up
from bot.matching.model import Applicant, Matching, Pair, Reason, Report, Slot, Unplaced, Wish
from bot.matching.pool import Pool, pool_of
from bot.matching.reasons import Explanation, explain
from bot.matching.rematch import Rematch, rematch
from bot.matching.rules import BadRules, Rules, rules_from
from bot.matching.words import in_short, sentence


__all__ = [
    "Applicant",
    "BadRules",
    "Change",
    "Explanation",
    "Matching",
    "Pair",
    "PinnedIllegal",
    "Pool",
    "Reason",
    "Rematch",
    "Report",
    "Rules",
    "Slot",
    "Unplaced",
    "Wish",
    "explain",
    "in_short",
    "match_pool",
    "pair_up",
    "pool_of",
    "price_of",
    "rematch",
    "rules_from",
    "sentence",
    "swap",
]
