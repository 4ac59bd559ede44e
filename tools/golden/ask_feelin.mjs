// Answers each question of make_expressions.py with feelin (MIT), an independent FEEL engine.
//   npm install feelin@8.2.0   (in any folder; run node there or set NODE_PATH)
import { createInterface } from 'node:readline';
import { evaluate, unaryTest } from 'feelin';

const typed = value => {
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    if (typeof value.date === 'string') return evaluate(`date("${value.date}")`, {}).value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each)]));
  }
  return Array.isArray(value) ? value.map(typed) : value;
};

const plain = value => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object') return { date: JSON.parse(JSON.stringify(value)) };
  return value;
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const found = asked.cell === undefined
    ? evaluate(asked.feel, typed(asked.facts))
    : unaryTest(asked.feel, { '?': typed(asked.value) });
  const answer = plain(found.value);
  console.log(JSON.stringify({ ...asked, answer }));
}
