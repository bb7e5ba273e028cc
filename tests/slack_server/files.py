"""files.*: the app asks where to put a file, puts it there, and shares it in a chat."""

from __future__ import annotations

from aiohttp import web

from tests.slack_server.errors import Json, Refused, broken
from tests.slack_server.posts import write
from tests.slack_server.teams import Install
from tests.slack_server.world import Upload, World


def get_url(world: World, install: Install, p: Json) -> Json:
    """Carries out files.getUploadURLExternal."""
    del install
    if p["length"] < 1:
        raise broken("invalid_arguments", "length must be at least 1")
    upload = Upload(world.new_id("F"), p["filename"], p["length"])
    world.uploads[upload.id] = upload
    return {"upload_url": f"{world.address}/upload/{upload.id}", "file_id": upload.id}


async def put(world: World, request: web.Request) -> web.Response:
    """Takes the file itself: as many bytes as were announced, once."""
    upload = world.uploads.get(request.match_info["file"])
    content = await request.read()
    if upload is None or upload.content is not None:
        return web.Response(status=404, text="no such upload")
    if len(content) != upload.length:
        world.complain("upload", {"file": upload.id}, f"{len(content)} bytes, {upload.length} were announced")
        return web.Response(status=400, text="wrong length")
    upload.content = content
    return web.Response(text=f"OK - {len(content)}")


def complete(world: World, install: Install, p: Json) -> Json:
    """Carries out files.completeUploadExternal: the files appear in the chat as one message."""
    uploads = [_ready(world, each) for each in p["files"]]
    shown: list[Json] = [{"id": each.id, "name": each.name, "size": each.length} for each in uploads]
    if p.get("channel_id"):
        chat = world.seen_by_bot(install.team, p["channel_id"])
        if install.team.bot not in chat.members:
            raise Refused("not_in_channel")
        comment = p.get("initial_comment") or ""
        write(world, chat, install.team.bot, comment, subtype="file_share", files=shown)
    for upload in uploads:
        upload.shared = True
    return {"files": shown}


def _ready(world: World, file: Json) -> Upload:
    upload = world.uploads.get(str(file.get("id")))
    if upload is None or upload.content is None or upload.shared:
        raise broken("file_not_found", f"{file.get('id')!r} was not put, or is shared already")
    return upload
