"""Render one page of a built folder at once, with mkdocs held ready; a whole build follows."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from qmstool.site.build.sources import write_saved_page

if TYPE_CHECKING:
    from pathlib import Path

    from qmstool.site.parts.render import RenderedPage


class LivePreview:
    """mkdocs in this process, with settings, sidebar and templates of one built folder in memory.

    Building a page takes two of mkdocs' inner steps; they have not changed for years, and mkdocs 1
    will not change any more.
    """

    def __init__(self, work: Path) -> None:
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        self.work = work
        config = load_config(str(work / "mkdocs.yml"))
        # The steps of mkdocs.commands.build.build, up to the first page.
        plugins = config.plugins
        plugins.on_startup(command="build", dirty=False)
        self.config = plugins.on_config(config)
        plugins = self.config.plugins
        plugins.on_pre_build(config=self.config)
        self.env = self.config.theme.get_env()
        self.files = get_files(self.config)
        self.files.add_files_from_theme(self.env, self.config)
        self.files = plugins.on_files(self.files, config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        self.nav = plugins.on_nav(nav, config=self.config, files=self.files)
        env = plugins.on_env(self.env, config=self.config, files=self.files)
        self.env = env or self.env
        # Compiled now, and not while the first save waits.
        self.env.get_template("main.html")

    def show(self, name: str, rendered: RenderedPage) -> bool:
        """Frame one page of the folder anew; False where there is no such page."""
        file = self.files.get_file_from_path(name)
        if file is None:
            return False
        write_saved_page(self.work, name, rendered)
        page = file.page if isinstance(file.page, Page) else Page(None, file, self.config)
        # There is no other way to one page.
        build._populate_page(page, self.config, self.files)  # noqa: SLF001
        documents = self.files.documentation_pages()
        build._build_page(page, self.config, documents, self.nav, self.env)  # noqa: SLF001
        return True
