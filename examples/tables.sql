-- The tables in DuckDB, straight from the CSV files; run in the folder that `policylens extract` wrote:
--     cd output && duckdb < ../examples/tables.sql

-- Who is asked, how strongly.
SELECT actor_name, count(*) FILTER (strength = 'must') AS must, count(*) FILTER (strength = 'should') AS should, count(*) FILTER (strength = 'could') AS could
FROM 'recommendation_actors.csv' JOIN 'recommendations.csv' USING (document_id, recommendation_id)
WHERE role = 'addressee' AND status = 'own'
GROUP BY actor_name ORDER BY count(*) DESC, actor_name LIMIT 10;

-- Recommendations whose own text names a source, by paper.
SELECT document_id, count(*) AS recommendations, count(citations) AS with_sources
FROM 'recommendations.csv' WHERE status = 'own' GROUP BY document_id ORDER BY document_id;

-- The publishers that most papers cite.
SELECT publisher, count(DISTINCT document_id) AS papers FROM 'citations.csv'
WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY papers DESC, publisher LIMIT 10;
