"""The one path to a model: `opening` chooses it, `client` asks it, `retry` repeats, `meter` counts, `store` keeps.

Nothing heavy is imported here: `summarizer.model.client` pulls in openai and instructor, so import it late.
"""

from .endpoint import Endpoint
from .meter import Meter
from .opening import describe, open_model, open_rehearsal

__all__ = ["Endpoint", "Meter", "describe", "open_model", "open_rehearsal"]
