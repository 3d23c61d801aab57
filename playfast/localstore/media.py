"""Addresses of the images and videos of an app. They lead nowhere: the tokens are made up."""

from __future__ import annotations

from typing import NamedTuple

from .chance import Chance

IMAGES = "https://play-lh.googleusercontent.com/"
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SIGN_BYTES = bytes(_SIGNS.encode() * 4)
_SIZES = ((1920, 1080), (2400, 1080), (2208, 1242), (1242, 2208), (1080, 1920), (2560, 1600), (3840, 2160))


def tokens(chance: Chance, name: str, length: int) -> str:
    """Letters, digits, dashes and underscores, as long tokens of the store are."""
    return chance.stream(name, length).translate(_SIGN_BYTES).decode()


def address(chance: Chance, name: str, length: int = 86) -> str:
    """The address of an image, without the size that clients add behind it."""
    return IMAGES + tokens(chance, name, length)


class Image(NamedTuple):
    """An image: its address, height and width in pixels, and its main colour (red, green, blue) where one is told."""

    url: str
    height: int
    width: int
    colour: tuple[int, int, int] | None = None


class Video(NamedTuple):
    """A trailer on YouTube: its id, whether the page embeds Play's own player, and a short clip without sound, if any."""

    youtube_id: str
    embedded: bool
    clip: bool

    @property
    def url(self) -> str:
        """Where the video plays."""
        if self.embedded:
            return f"https://play.google.com/video/lava/web/player/yt:movie:{self.youtube_id}?autoplay=1&embed=play"
        return f"https://www.youtube.com/watch?v={self.youtube_id}"

    @property
    def thumbnail(self) -> str:
        """A still of the video."""
        return f"https://i.ytimg.com/vi/{self.youtube_id}/hqdefault.jpg"

    @property
    def clip_url(self) -> str | None:
        """The short clip, in mp4."""
        return (
            f"https://play-games.googleusercontent.com/vp/mp4/1280x720/{self.youtube_id}.mp4"
            if self.clip
            else None
        )


def colour(chance: Chance, name: str) -> tuple[int, int, int]:
    """A colour."""
    red, green, blue = chance.stream(name, 3)
    return red, green, blue


def make_icon(chance: Chance) -> Image:
    """The icon; one in ten tells no colour."""
    plain = chance.happens("plain icon", 0.1)
    return Image(address(chance, "icon"), 512, 512, None if plain else colour(chance, "icon colour"))


def make_header(chance: Chance) -> Image | None:
    """The wide image at the top, which 8 % lack."""
    if chance.happens("no header", 0.08):
        return None
    return Image(address(chance, "header"), 500, 1024, colour(chance, "header colour"))


def make_screenshots(chance: Chance) -> tuple[Image, ...]:
    """Two to twenty-four screenshots, usually eight at most."""
    count = chance.between("screenshots", 4, 8)
    if chance.happens("tablet screenshots", 0.6):
        count += chance.between("more screenshots", 4, 16)
    height, width = chance.pick("screen", _SIZES)
    raw = tokens(chance, "screenshot urls", 86 * count)
    return tuple(
        Image(IMAGES + raw[86 * k : 86 * k + 76 + (k % 2) * 10], height, width) for k in range(count)
    )


def make_video(chance: Chance) -> Video | None:
    """The trailer, which 35 % of apps have."""
    if not chance.happens("video", 0.35):
        return None
    embedded = chance.happens("embedded", 0.8)
    return Video(chance.text("youtube", 11, _SIGNS), embedded, embedded and chance.happens("clip", 0.7))
