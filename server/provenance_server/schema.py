"""The bodies of requests, as the code that validates them; the OpenAPI document is made from these models."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Options(BaseModel):
    """None yet: an unknown option is refused rather than silently ignored."""

    model_config = ConfigDict(extra="forbid")


class AnalyzeRequest(BaseModel):
    """A page, or plain text: exactly one of `html` and `text`. Unknown fields are ignored; null is as if absent."""

    model_config = ConfigDict(extra="ignore")

    html: str | None = Field(None, min_length=1, description="The page's HTML.")
    text: str | None = Field(None, min_length=1, description="Plain article text; offsets then count in it.")
    url: str | None = Field(None, max_length=4096, description="The page's address. It is never fetched.")
    publisher: str | None = Field(None, max_length=4096, description="The outlet's name.")
    options: Options | None = None

    @model_validator(mode="after")
    def _one_of(self) -> AnalyzeRequest:
        if (self.html is None) == (self.text is None):
            raise ValueError("Give exactly one of “html” and “text”")
        return self
