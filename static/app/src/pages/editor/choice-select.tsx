/** A compact select of one or of several choices, its menu above everything else. */
import Select from '@atlaskit/select';
import type { Choice } from './mapping-words';

interface CommonProps<V extends string> {
  label: string;
  choices: Choice<V>[];
  testId?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
}

interface ChoiceSelectProps<V extends string> extends CommonProps<V> {
  value: V | undefined;
  onChange: (value: V | undefined) => void;
  clearable?: boolean;
}

export function ChoiceSelect<V extends string>({
  value,
  onChange,
  clearable,
  ...common
}: ChoiceSelectProps<V>) {
  return (
    <div data-testid={common.testId}>
      <Select<Choice<V>>
        {...settings(common)}
        isClearable={clearable ?? false}
        value={common.choices.find((choice) => choice.value === value) ?? null}
        onChange={(choice) => onChange(choice?.value)}
      />
    </div>
  );
}

interface ManySelectProps extends CommonProps<string> {
  values: string[];
  onChange: (values: string[]) => void;
}

export function ManySelect({ values, onChange, ...common }: ManySelectProps) {
  return (
    <div data-testid={common.testId}>
      <Select<Choice, true>
        {...settings(common)}
        isMulti
        isClearable={false}
        value={values.flatMap((value) => common.choices.filter((choice) => choice.value === value))}
        onChange={(chosen) => onChange(chosen.map((choice) => choice.value))}
      />
    </div>
  );
}

function settings<V extends string>({
  label,
  choices,
  testId,
  placeholder,
  disabled,
  invalid,
}: CommonProps<V>) {
  return {
    'aria-label': label,
    options: choices,
    spacing: 'compact' as const,
    isDisabled: disabled ?? false,
    isInvalid: invalid ?? false,
    placeholder: placeholder ?? 'Choose',
    menuPortalTarget: document.body,
    ...(testId === undefined ? {} : { inputId: `${testId}-input` }),
  };
}
