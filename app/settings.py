"""What an installation may set, read once from the environment and passed down."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024


class Settings(BaseSettings):
    """Each setting is the environment variable of its name with CLEARWAY_ before it."""

    model_config = SettingsConfigDict(env_prefix="CLEARWAY_", frozen=True, extra="ignore")

    database_url: str = f"sqlite:///{ROOT / 'data' / 'clearway.sqlite3'}"
    demo: bool = False
    # Opens what two people said in private; made when it is first needed, and never in a backup
    # of the database: without it nothing that was sealed can be read again.
    seal_key_file: Path = ROOT / "data" / "seal.key"
    origin: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    import_bytes: int = Field(default=50 * MEBIBYTE, gt=0)
    import_unpacked_bytes: int = Field(default=400 * MEBIBYTE, gt=0)
    import_rows: int = Field(default=150_000, gt=0)
    import_seconds: int = Field(default=120, gt=0)
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_from: str = "clearway@localhost"

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over TLS, which its cookies then insist on."""
        return self.origin.startswith("https:")
