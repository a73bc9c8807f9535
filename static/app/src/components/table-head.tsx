/** The heading row of a table. */

interface TableHeadProps {
  columns: string[];
  /** What a last column of buttons holds, for those who hear the table. */
  actions?: string;
}

export function TableHead({ columns, actions }: TableHeadProps) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
        {actions !== undefined && (
          <th scope="col">
            <span className="visually-hidden">{actions}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
