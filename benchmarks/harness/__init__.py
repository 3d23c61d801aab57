"""What every benchmark needs: a local store, a crawl as a process, rounds in turns, the machine, the truth to check against."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder, where its commands run."""
