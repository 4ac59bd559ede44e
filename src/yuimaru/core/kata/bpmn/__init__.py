"""BPMN 2.0 XML of the workflow of a kata, with lanes and a diagram, as Camunda Modeler, bpmn-js and others open it."""

from yuimaru.core.kata.bpmn.document import to_bpmn

__all__ = ["to_bpmn"]
