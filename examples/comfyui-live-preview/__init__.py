"""chromask's live preview of masks: a front-end extension, and no nodes."""
from pathlib import Path

from aiohttp import web
from server import PromptServer

# the front end imports every script below WEB_DIRECTORY as an extension; the library is not one, so it is served beside it
library = Path(__file__).parent / "node_modules" / "chromask" / "dist"
PromptServer.instance.app.add_routes([web.static("/chromask", library)])
NODE_CLASS_MAPPINGS = {}
WEB_DIRECTORY = "./web"
