/** A labelled text field with its helper and its error, as Jira's forms have them. */
import Textfield from '@atlaskit/textfield';
import { useId } from 'react';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  testId: string;
  helper?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  required?: boolean;
  multiline?: boolean;
}

export function TextField({
  label,
  value,
  onChange,
  testId,
  helper,
  error,
  placeholder,
  required,
  multiline,
}: TextFieldProps) {
  const id = useId();
  const described = error !== undefined || helper !== undefined ? { 'aria-describedby': `${id}-note` } : {};
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </label>
      {multiline ? (
        <textarea
          id={id}
          value={value}
          placeholder={placeholder}
          data-testid={testId}
          aria-invalid={error !== undefined}
          required={required}
          onChange={(event) => onChange(event.currentTarget.value)}
          {...described}
        />
      ) : (
        <Textfield
          id={id}
          value={value}
          testId={testId}
          isInvalid={error !== undefined}
          {...(required ? { isRequired: true } : {})}
          {...(placeholder === undefined ? {} : { placeholder })}
          onChange={(event) => onChange(event.currentTarget.value)}
          {...described}
        />
      )}
      <div id={`${id}-note`}>
        {error !== undefined ? (
          <div className="field-error" role="alert">
            {error}
          </div>
        ) : (
          helper && <div className="helper">{helper}</div>
        )}
      </div>
    </div>
  );
}
