/** Up to where the seals prove that both sites tell the same. */
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { useCall } from '../../hooks/use-call';

const refreshMs = 10_000;

export function SameHistory({ id, partner }: { id: string; partner: string }) {
  const { value, error, reload } = useCall('chains', { id }, refreshMs);
  if (value === undefined) return <Failure error={error} retry={() => void reload()} />;
  const { sent, same, stored, applied, forgot, heardAt } = value;
  const number = (count: number) => count.toLocaleString('en');
  if (forgot)
    return (
      <p className="subtle" data-testid="chains">
        One of the sites forgot something. Both are telling each other what; changes wait meanwhile.
      </p>
    );
  return (
    <p className="subtle" data-testid="chains">
      {same === sent
        ? `The seal of ${partner} proves that it has all our ${number(sent)} messages as we sent them`
        : `The seal of ${partner} proves our messages up to ${number(same)} of ${number(sent)}`}
      {stored === applied
        ? `; all its ${number(stored)} messages are dealt with here.`
        : `; of its ${number(stored)} messages ${number(applied)} are dealt with here.`}
      {heardAt !== undefined && (
        <>
          {' '}
          It was heard from <RelativeTime at={heardAt} />.
        </>
      )}
    </p>
  );
}
