/** Issues that differ, field by field. */
import type { CallAnswer } from '../../../../../src/api/calls';
import { TableHead } from '../../components/table-head';

type Difference = NonNullable<CallAnswer<'drift'>['differences']>[number];

function wordsFor({ kind, base }: Difference, partner: string): string {
  switch (kind) {
    case 'onlyHere':
      return `${partner} does not know this pair.`;
    case 'onlyThere':
      return `Only ${partner} knows this pair.`;
    case 'missingHere':
      return 'The issue cannot be read here: deleted, hidden, or out of what takes part.';
    case 'missingThere':
      return `The issue cannot be read by ${partner}: deleted, hidden, or out of what takes part.`;
    default:
      return base === 'apart' ? 'Both sites start from different values.' : 'The values differ.';
  }
}

export function DifferenceTable({ differences, partner }: { differences: Difference[]; partner: string }) {
  if (differences.length === 0) return null;
  return (
    <div className="scroll">
      <table className="grid" data-testid="difference-table">
        <TableHead columns={['Issue', 'Field', 'Here', partner]} />
        <tbody>
          {differences.map((one) => (
            <Rows key={one.pair} one={one} partner={partner} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rows({ one, partner }: { one: Difference; partner: string }) {
  const fields = one.fields ?? [];
  const name = one.key ?? 'Unknown issue';
  if (fields.length === 0)
    return (
      <tr>
        <td className="nowrap">{name}</td>
        <td colSpan={3}>{wordsFor(one, partner)}</td>
      </tr>
    );
  return fields.map((field) => (
    <tr key={field.slot}>
      <td className="nowrap">{name}</td>
      <td>{field.label}</td>
      <td className="said">{field.here === '' ? 'Empty' : field.here}</td>
      <td className="said">{field.there === '' ? 'Empty' : field.there}</td>
    </tr>
  ));
}
