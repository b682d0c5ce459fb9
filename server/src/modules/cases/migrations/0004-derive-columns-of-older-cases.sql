-- What 0002 could not tell from the row alone: who had a part, who was first, how often it was done again. Told from the lines, as the fold tells it.
update cases."case" set
  involved = array(
    select distinct (facts ->> 'owner') collate "C" from cases.entry
    where entry.district_id = "case".district_id and entry.case_id = "case".id and facts ? 'owner' order by 1),
  first_receiver = (
    select facts ->> 'owner' from cases.entry
    where entry.district_id = "case".district_id and entry.case_id = "case".id and facts ? 'owner' order by seq limit 1),
  reworked = (
    select count(*) from cases.entry as line
    where line.district_id = "case".district_id and line.case_id = "case".id and line.move in ('substandard', 'rework')
      and not exists (
        select from cases.entry as ended
        where ended.district_id = line.district_id and ended.case_id = line.case_id and ended.seq < line.seq and ended.move = 'close'))
where workflow_version = 1;
