"""The pure rules of a log, as one page: Merkle trees and signed checkpoints; no storage.

The stand-alone verifier imports this page and nothing else of the platform.
"""

from lms.ledger.rules.notes import (
    Malformed,
    Note,
    NotSigned,
    Signature,
    Signer,
    TreeHead,
    Verifier,
    open_checkpoint,
    parse_note,
)
from lms.ledger.rules.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    Frontier,
    Node,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    nodes_over,
    root_of,
    subtree_root,
)

__all__ = [
    "EMPTY_ROOT",
    "HASH_BYTES",
    "Frontier",
    "Malformed",
    "Node",
    "NotSigned",
    "Note",
    "Signature",
    "Signer",
    "TreeHead",
    "Verifier",
    "consistency_proof",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "leaf_hash",
    "node_hash",
    "nodes_over",
    "open_checkpoint",
    "parse_note",
    "root_of",
    "subtree_root",
]
