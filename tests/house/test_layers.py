"""Inside a room imports only go down as well: services, emails, queries, rules, models; and nothing goes in a circle."""

import grimp
import pytest

from tests.house.layers import LAYERS, PLAIN_NOUNS
from tests.house.source import PACKAGE


def _modules(room):
    files = sorted(path for path in (PACKAGE / room).rglob("*.py") if path.name != "__init__.py")
    return [".".join(path.relative_to(PACKAGE / room).with_suffix("").parts) for path in files]


def layer_of(room, module):
    """The layer of a file, by the end of its name or by the table; None where nobody has said it."""
    stem = module.rpartition(".")[2]
    for layer in LAYERS:
        if stem == layer or stem.endswith(f"_{layer}") or module.startswith(f"{layer}."):
            return layer
    return next((layer for layer, names in PLAIN_NOUNS[room].items() if module in names), None)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("recruiter", exclude_type_checking_imports=False, cache_dir=None)


@pytest.mark.parametrize("room", PLAIN_NOUNS)
def test_every_file_of_a_room_stands_on_a_layer(room):
    modules = _modules(room)
    assert [module for module in modules if layer_of(room, module) is None] == []
    listed = {module for names in PLAIN_NOUNS[room].values() for module in names}
    assert listed - set(modules) == set()  # a table that names what is no more


@pytest.mark.parametrize("room", PLAIN_NOUNS)
def test_imports_of_a_room_only_go_down(room, graph):
    prefix = f"recruiter.{room}."
    layers = {prefix + module: layer_of(room, module) for module in _modules(room)}
    upwards = [
        f"{module} ({layer}) imports {imported} ({layers[imported]})"
        for module, layer in layers.items()
        for imported in graph.find_modules_directly_imported_by(module) & layers.keys()
        if LAYERS.index(layers[imported]) > LAYERS.index(layer)
    ]
    assert upwards == []


def test_no_file_imports_itself_in_a_circle(graph):
    modules = {module for module in graph.modules if not module.startswith("recruiter.migrations")}
    imported = {module: graph.find_modules_directly_imported_by(module) & modules - {module} for module in modules}
    while leaves := {module for module in imported if not imported[module] & imported.keys()}:
        for module in leaves:
            del imported[module]
    assert sorted(imported) == []
