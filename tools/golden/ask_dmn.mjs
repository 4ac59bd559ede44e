// Reads a DMN file with dmn-moddle (the reader of dmn-js and Camunda Modeler) and decides it with feelin: an
// independent engine for what `to_dmn` writes.
//   node ask_dmn.mjs FILE.dmn < facts.jsonl > answers.jsonl
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

const { rootElement, warnings } = await new DmnModdle().fromXML(readFileSync(process.argv[2], 'utf8'), 'dmn:Definitions');
if (warnings.length) throw new Error(warnings.map(each => each.message).join('\n'));

const typed = value => {
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    if (typeof value.date === 'string') return evaluate(`date("${value.date}")`, {}).value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each)]));
  }
  return Array.isArray(value) ? value.map(typed) : value;
};

const order = (text, value) => text ? text.split(',').map(each => evaluate(each, {}).value).indexOf(value) : 0;

const decide = (table, facts) => {
  const hits = table.rule.filter(rule => rule.inputEntry.every((entry, place) => {
    const value = evaluate(table.input[place].inputExpression.text, facts).value;
    return unaryTest(entry.text, { ...facts, '?': value }).value === true;
  }));
  const values = hits.map(rule => rule.outputEntry.map(entry => evaluate(entry.text, facts).value ?? null));
  const rank = row => table.output.map((output, place) => order(output.outputValues?.text, row[place]));
  const ranked = () => [...values].sort((a, b) => rank(a).map((each, n) => each - rank(b)[n]).find(Boolean) ?? 0);
  const one = row => table.output.length === 1 ? row[0] : Object.fromEntries(table.output.map((each, n) => [each.name, row[n]]));
  const numbers = values.map(row => row[0]);
  const policy = table.hitPolicy + (table.aggregation ? ` ${table.aggregation}` : '');
  if (!hits.length) return null;
  if (policy === 'UNIQUE' && hits.length > 1) return null;
  return {
    UNIQUE: () => one(values[0]), ANY: () => one(values[0]), FIRST: () => one(values[0]),
    PRIORITY: () => one(ranked()[0]), 'RULE ORDER': () => values.map(one), 'OUTPUT ORDER': () => ranked().map(one),
    COLLECT: () => values.map(one), 'COLLECT SUM': () => numbers.reduce((a, b) => a + b),
    'COLLECT MIN': () => Math.min(...numbers), 'COLLECT MAX': () => Math.max(...numbers),
    'COLLECT COUNT': () => numbers.length,
  }[policy]();
};

for await (const line of createInterface({ input: process.stdin })) {
  const facts = JSON.parse(line);
  const known = typed(facts);
  const answers = {};
  for (const decision of rootElement.drgElement.filter(each => each.$type === 'dmn:Decision')) {
    known[decision.name] = answers[decision.name] = decide(decision.decisionLogic, known);
  }
  console.log(JSON.stringify({ facts, answers }));
}
