"""Settings of restoration under a name: those that come with the app, the user's own, and files to share them.

A preset says what to remove, how much of it and how well; which model does it, and which variant is shown, stays as it
is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from engine.errors import DarkroomError
from engine.files import explain, put_aside, replacing
from engine.jobs import Quality, RestoreSettings

#: Longest file that can be a preset, in bytes.
LONGEST = 100_000

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")]


class Preset(msgspec.Struct, frozen=True, kw_only=True):
    """Fields as in `RestoreSettings`, in the same units; ``None`` is Automatic."""

    name: _Name
    noise: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
    blur: Annotated[float, msgspec.Meta(ge=0, le=5)] | None = None
    jpeg: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    scratches: bool | None = None
    fading: bool | None = None
    strength: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    detail: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    quality: Quality = "normal"

    def over(self, settings: RestoreSettings) -> RestoreSettings:
        """The settings with what the preset says."""
        return msgspec.structs.replace(settings, **{field: getattr(self, field) for field in FIELDS})

    def is_in(self, settings: RestoreSettings) -> bool:
        """Whether the settings are those of the preset."""
        return self.over(settings) == settings


#: What a preset says of the settings.
FIELDS = tuple(field for field in Preset.__struct_fields__ if field != "name")

#: Those that come with the app.
SHIPPED = (
    Preset(name="Automatic"),
    Preset(name="Old scan", scratches=True, fading=True, jpeg=0),
    Preset(name="Night shot, noisy", blur=0.0, jpeg=0, scratches=False, fading=False),
    Preset(name="Web JPEG", noise=0.0, blur=0.0, scratches=False, fading=False),
)


class PresetError(DarkroomError):
    """A preset cannot be read, written or found. One sentence."""


class _Shared(msgspec.Struct, kw_only=True):
    """A file that holds one preset."""

    latent_darkroom_preset: Annotated[int, msgspec.Meta(ge=1, le=1)] = msgspec.field(name="latent-darkroom-preset")
    preset: Preset


def of(name: str, settings: RestoreSettings) -> Preset:
    """A preset of these settings. Raises `PresetError` for a name that is none."""
    values = {field: getattr(settings, field) for field in FIELDS}
    try:
        return msgspec.convert({"name": name.strip(), **values}, Preset)
    except msgspec.ValidationError as error:
        raise PresetError("A preset needs a name of 1 to 60 letters.") from error


def default_path() -> Path:
    return Path(platformdirs.user_data_dir("latent-darkroom", appauthor=False)) / "presets.json"


def load(path: Path | None = None) -> tuple[Preset, ...]:
    """The user's own presets; none where there is no file yet.

    Raises `PresetError`; a file that cannot be understood was put aside then.
    """
    path = path or default_path()
    try:
        return tuple(msgspec.json.decode(path.read_bytes(), type=list[Preset]))
    except FileNotFoundError:
        return ()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:
            aside = put_aside(path)
        except OSError as trouble:
            raise PresetError(f"The list of presets could not be read: {explain(trouble)}.") from trouble
        raise PresetError(f"The list of presets could not be read. It is kept as “{aside.name}”.") from error
    except OSError as error:
        raise PresetError(f"The presets cannot be read: {explain(error)}.") from error


def save(presets: Sequence[Preset], path: Path | None = None) -> None:
    """Keep the user's own presets, whole or not at all. Raises `PresetError`."""
    path = path or default_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, overwrite=True) as file:
            file.write(msgspec.json.format(msgspec.json.encode(list(presets)), indent=1) + b"\n")
    except OSError as error:
        raise PresetError(f"The presets could not be written: {explain(error, writing=True)}.") from error


def write_shared(preset: Preset, target: Path, overwrite: bool = False) -> None:
    """A file that others can take the preset from. Raises `PresetError`."""
    shared = msgspec.json.encode(_Shared(latent_darkroom_preset=1, preset=preset))
    try:
        with replacing(target, overwrite=overwrite) as file:
            file.write(msgspec.json.format(shared, indent=1) + b"\n")
    except OSError as error:
        raise PresetError(f"{target.name}: {explain(error, writing=True)}.") from error


def read_shared(path: Path) -> Preset:
    """The preset in a file. Raises `PresetError`."""
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST + 1)
    except OSError as error:
        raise PresetError(f"{path.name}: {explain(error)}.") from error
    try:
        return msgspec.json.decode(text, type=_Shared).preset
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PresetError(f"{path.name}: this is no preset of Latent Darkroom.") from error


def named(text: str, path: Path | None = None) -> Preset:
    """The preset that is meant by a name, or by the path of a shared file. Raises `PresetError`."""
    if text.lower().endswith(".json"):
        return read_shared(Path(text))
    known = (*load(path), *SHIPPED)
    for preset in known:
        if preset.name.casefold() == text.strip().casefold():
            return preset
    names = ", ".join(f"“{preset.name}”" for preset in known)
    raise PresetError(f"There is no preset “{text}” (there are {names}).")
