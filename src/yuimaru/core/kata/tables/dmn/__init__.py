"""DMN 1.3 XML of the tables of a kata, with a diagram, as Camunda Modeler, dmn-js and other engines open it."""

from yuimaru.core.kata.tables.dmn.document import to_dmn

__all__ = ["to_dmn"]
